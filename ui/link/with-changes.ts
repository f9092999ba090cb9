/** A view after a delta, which names only what changed; a field that is there but undefined changes nothing. */
export function withChanges<View extends object>(
  view: View,
  changes: { readonly [Field in keyof View]?: View[Field] | undefined },
): View {
  const named = Object.entries(changes).filter(([, value]) => value !== undefined);
  return Object.assign({ ...view }, Object.fromEntries(named));
}
