/**
 * Short lists that are replaced and never changed, so that whoever walks one may go on. There are a
 * few of them for every task and every replica, so a copy has exactly the room that it needs: a list
 * that is pushed to, or comes from a filter, has room for sixteen more.
 */
const NONE: readonly never[] = [];

export function withItem<T>(list: readonly T[], item: T): readonly T[] {
  const [only] = list;
  if (only === undefined) return [item];
  return list.length === 1 ? [only, item] : list.concat([item]);
}

/** The same list where the item is not in it. */
export function without<T>(list: readonly T[], item: T): readonly T[] {
  const at = list.indexOf(item);
  if (at < 0) return list;
  return list.length === 1 ? NONE : list.toSpliced(at, 1);
}
