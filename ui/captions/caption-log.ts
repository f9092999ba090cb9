import type { CaptionLine } from '../../appliance/protocol/views.ts';

/** Lines kept on a page; older ones have scrolled far out of sight. */
const KEPT = 300;

/**
 * The captions so far, oldest first. A line comes again under its id, longer, until it is final. Every change
 * answers with a new array, so that Lit sees it.
 */
export function withCaption(lines: readonly CaptionLine[], line: CaptionLine): readonly CaptionLine[] {
  const at = lines.findLastIndex((known) => known.id === line.id && known.language === line.language);
  if (at < 0) return [...lines, line].slice(-KEPT);
  // A draft that was overtaken on its way must not undo the final text.
  if (lines[at]?.final === true && !line.final) return lines;
  return lines.with(at, line);
}

/** What a snapshot says, after what this page already shows: nothing that was read disappears on a reconnection. */
export function withSnapshot(
  lines: readonly CaptionLine[],
  snapshot: readonly CaptionLine[],
): readonly CaptionLine[] {
  let merged = lines;
  for (const line of snapshot) merged = withCaption(merged, line);
  return merged === lines ? lines : merged.toSorted((a, b) => a.at - b.at);
}
