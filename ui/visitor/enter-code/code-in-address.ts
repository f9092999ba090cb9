/**
 * The tour's code in the address of the page (`/j/CODE`), undefined in other addresses. What is not UTF-8 (`/j/%E0`) is
 * no tour's code, but it is what the visitor has: the box says so.
 */
export function codeInAddress(pathname: string): string | undefined {
  const code = /^\/j\/([^/]+)/u.exec(pathname)?.[1];
  if (code === undefined) return undefined;
  try {
    return decodeURIComponent(code);
  } catch {
    return code;
  }
}
