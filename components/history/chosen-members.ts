import { mostLooks } from '#components/charts/line-look.ts'

/** A member that can be shown, with the place of its colour: the same in every chart, whoever else is shown. */
export interface MemberChoice {
  name: string
  colour: number
  isLeader: boolean
  isChosen: boolean
}

/** The members in the order of their names; shown are those that the address names, else as many as can be told apart. */
export function memberChoices(names: readonly string[], leader: string | null, asked: string): MemberChoice[] {
  const sorted = names.toSorted()
  const wanted = new Set(asked.split(',').filter((name) => sorted.includes(name)))
  const usual = usualOf(sorted, leader)
  return sorted.map((name, index) => ({
    name,
    colour: index % mostLooks,
    isLeader: name === leader,
    isChosen: wanted.size === 0 ? usual.has(name) : wanted.has(name),
  }))
}

/** What the address says once one is taken in or out; '' = as it is without being asked. The last one stays. */
export function toggled(choices: readonly MemberChoice[], name: string): string {
  const chosen = choices
    .filter((each) => (each.name === name ? !each.isChosen : each.isChosen))
    .map((each) => each.name)
  const usual = usualOf(
    choices.map((each) => each.name),
    choices.find(({ isLeader }) => isLeader)?.name ?? null,
  )
  const isUsual = chosen.length === usual.size && chosen.every((each) => usual.has(each))
  return isUsual ? '' : chosen.slice(0, mostShown).join(',')
}

/** Whether one more can be shown. */
export function hasRoom(choices: readonly MemberChoice[]): boolean {
  return choices.filter(({ isChosen }) => isChosen).length < mostShown
}

function usualOf(sorted: readonly string[], leader: string | null): Set<string> {
  const first = sorted.filter((name) => name === leader)
  return new Set([...first, ...sorted.filter((name) => name !== leader)].slice(0, mostShown))
}

const mostShown = 8
