export interface Change {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
}

/** Beyond that, comparing takes longer than anyone looks. */
const mostWords = 1500

/** How one text became another, word by word. */
export function wordDiff(before: string, after: string): readonly Change[] {
  const [old, fresh] = [wordsOf(before), wordsOf(after)]
  if (old.length > mostWords || fresh.length > mostWords) {
    return joined([...marked('removed', [before]), ...marked('added', [after])])
  }
  // How many words the rest of both have in common, from each pair of places on.
  const wide = fresh.length + 1
  const common = new Uint16Array((old.length + 1) * wide)
  for (let at = old.length - 1; at >= 0; at -= 1) {
    for (let to = fresh.length - 1; to >= 0; to -= 1) {
      common[at * wide + to] =
        old[at] === fresh[to]
          ? (common[(at + 1) * wide + to + 1] ?? 0) + 1
          : Math.max(common[(at + 1) * wide + to] ?? 0, common[at * wide + to + 1] ?? 0)
    }
  }
  const changes: Change[] = []
  let [at, to] = [0, 0]
  while (at < old.length && to < fresh.length) {
    if (old[at] === fresh[to]) {
      changes.push({ kind: 'same', text: old[at] ?? '' })
      at += 1
      to += 1
    } else if ((common[(at + 1) * wide + to] ?? 0) >= (common[at * wide + to + 1] ?? 0)) {
      changes.push({ kind: 'removed', text: old[at] ?? '' })
      at += 1
    } else {
      changes.push({ kind: 'added', text: fresh[to] ?? '' })
      to += 1
    }
  }
  return joined([...changes, ...marked('removed', old.slice(at)), ...marked('added', fresh.slice(to))])
}

/** Words and what lies between them, each for itself. */
function wordsOf(text: string): readonly string[] {
  return text.split(/(\s+)/).filter((part) => part !== '')
}

function marked(kind: Change['kind'], words: readonly string[]): Change[] {
  return words.filter((text) => text !== '').map((text) => ({ kind, text }))
}

/** Neighbours of one kind as one. */
function joined(changes: readonly Change[]): readonly Change[] {
  const all: Change[] = []
  for (const change of changes) {
    const last = all.at(-1)
    if (last?.kind === change.kind) all[all.length - 1] = { ...last, text: last.text + change.text }
    else all.push(change)
  }
  return all
}
