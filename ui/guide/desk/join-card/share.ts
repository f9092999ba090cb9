/** Whether the phone has a sheet to share things with; browsers give it to secure pages only. */
export const canShare = (): boolean => 'share' in navigator;

/** Through the phone's own sheet. */
export async function shareLink(title: string, url: string): Promise<void> {
  try {
    await navigator.share({ title, url });
  } catch {
    // They have thought better of it.
  }
}

/** Whether it is in the clipboard now. On a page of plain HTTP there is only the old way. */
export async function copyLink(url: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(url);
    return true;
  } catch {
    return copyTheOldWay(url);
  }
}

function copyTheOldWay(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  return copied;
}
