import { whereItStopped } from '#domain/recovery/attempt-words.ts'
import type { RecoveryTarget } from '#domain/recovery/backup-choice.ts'
import { lostAsCounted } from '#domain/recovery/lost-words.ts'
import type { Question, Way } from '#domain/operation/question.ts'
import { listNames } from '#domain/words.ts'
import { actOf } from '../define.ts'
import { lastAttempt } from './attempts.ts'
import { isSameTarget, plannedAim } from './aim.ts'
import { type RestoreCourse, type Standing, standingOf } from './standing.ts'
import { mayBeOverwritten } from './sequences.ts'
import { titleOf } from './titles.ts'
import { doingOf } from './step-names.ts'
import { whatStands } from './what-stands.ts'

type Asked = Omit<Question, 'step' | 'askedAt'>

/**
 * What a person is asked: where recovery stopped and whether that shall be the cluster, or what failed and what stands now. `whyNotMoved` says why
 * another target is no way on; null = it is one.
 */
export function questionOf(course: RestoreCourse, whyNotMoved: string | null): Asked {
  const standing = standingOf(course)
  if (standing.failed === null) return targetQuestion(course, whyNotMoved)
  return failureQuestion(course, standing, standing.failed, whyNotMoved)
}

function targetQuestion(course: RestoreCourse, whyNotMoved: string | null): Asked {
  const { plan, facts, ended } = course
  const attempt = lastAttempt({ facts, ended })
  const { targetWords } = facts.restore?.aim ?? plannedAim(plan)
  const stopped = attempt === null ? 'Where recovery stopped is not known.' : whereItStopped(attempt)
  const before = unheard(course)
  const off = attempt?.isOnTarget === false ? ` That is not what was asked for, ${targetWords}.` : ''
  return {
    sentence: `${before}${stopped}${off} Nothing of it is published yet: look at the data and decide.${whyNotMoved === null || before.includes(whyNotMoved) ? '' : ` ${whyNotMoved}`}`,
    ways: [commitWay(course), ...(whyNotMoved === null ? [moveWay] : []), abandonWay(course)],
    seen: attempt,
  }
}

function failureQuestion(
  course: RestoreCourse,
  standing: Standing,
  failed: NonNullable<Standing['failed']>,
  whyNotMoved: string | null,
): Asked {
  const { plan, facts } = course
  const title = titleOf(doingOf(failed.name), plan, facts.restore)
  const isOpen = facts.restore?.isPublished === true
  const canMove =
    standing.phase !== 'back' && ['restore', 'retarget', 'recover', 'inspect', 'promote'].includes(doingOf(failed.name))
  const ways: Way[] = [
    retryWay(title),
    ...passWay(course, standing),
    ...(canMove && whyNotMoved === null ? [moveWay] : []),
    ...(standing.phase !== 'back' && !isOpen ? [abandonWay(course)] : []),
    leaveWay,
  ]
  const moving = canMove && whyNotMoved !== null ? ` ${whyNotMoved}` : ''
  return {
    sentence: `${unheard(course)}"${title}" did not end as planned: ${failed.outcome.detail} ${whatStands(course)}${moving}`,
    ways,
  }
}

/** Why the decision of before could not be followed. */
function unheard({ ended }: RestoreCourse): string {
  const last = ended.at(-1)
  return last && doingOf(last.name) === 'decide' && last.outcome.kind !== 'done' ? `${last.outcome.detail} ` : ''
}

function commitWay({ plan, facts }: RestoreCourse): Way {
  const rebuilt =
    plan.replicas.length === 0
      ? ''
      : ` ${listNames(plan.replicas)} ${plan.replicas.length === 1 ? 'is' : 'are'} built anew from it.`
  return {
    kind: 'commit',
    title: 'Make it final',
    sentence: `${plan.node} leads with what was recovered, on a new timeline.${rebuilt} What was written after the target is no longer in the cluster.${lostOf(plan, facts.restore?.aim)}`,
    isFinal: true,
  }
}

/** What was counted for the target of the plan is told of no other. */
function lostOf({ target, loss }: RestoreCourse['plan'], aim: { target: RecoveryTarget } | undefined): string {
  if (loss.commits === undefined || (aim !== undefined && !isSameTarget(aim.target, target))) return ''
  return ` ${lostAsCounted(loss.commits)}`
}

const moveWay: Way = {
  kind: 'move',
  title: 'Recover to another moment',
  sentence:
    'Recovery goes on to a later target, or begins once more from a backup for an earlier one. Clients stay shut out meanwhile.',
  isFinal: false,
}

function abandonWay(course: RestoreCourse): Way {
  const { plan } = course
  const isOfReplica = mayBeOverwritten(plan, standingOf(course).begun)
  return {
    kind: 'abandon',
    title: 'Bring the old cluster back',
    sentence: isOfReplica
      ? `What was recovered is deleted, and ${plan.clusterName} comes back with the data of the replica that is furthest, with all that had reached it.`
      : `What was recovered is deleted, and ${plan.clusterName} comes back as it was before, with all that was written until it was stopped.`,
    isFinal: false,
  }
}

function retryWay(title: string): Way {
  return {
    kind: 'retry',
    title: 'Try that step again',
    sentence: `"${title}" is done once more, and then what follows it.`,
    isFinal: false,
  }
}

/** Where a step did not come to its end with some node, and what follows can do without it. */
function passWay(course: RestoreCourse, { phase, failed }: Standing): Way[] {
  const { unheard = [], isPublished = false } = course.facts.restore ?? {}
  if (unheard.length === 0 || failed === null || (phase !== 'back' && !isPublished)) return []
  const sentence = phase === 'back' ? backWithout(course, unheard) : onWithout(unheard, failed.name)
  return [{ kind: 'pass', title: `Go on without ${listNames(unheard)}`, sentence, isFinal: true }]
}

function backWithout({ plan }: RestoreCourse, names: readonly string[]): string {
  const [them, what, it] =
    names.length === 1 ? ['it', 'What it alone has', 'it follows'] : ['them', 'What they alone have', 'they follow']
  return `${plan.clusterName} comes back without ${them}. ${what} is given up once ${it} again.`
}

function onWithout(names: readonly string[], step: string): string {
  const [it, is] = names.length === 1 ? ['it', 'is'] : ['them', 'are']
  const list = listNames(names)
  return actOf(step) === 'release'
    ? `Clients are served by the others, and pgBouncer on ${list} is opened by hand later.`
    : `${list} ${is} not built anew, and what follows is done without ${it}. To have ${it} back is done by hand later.`
}

const leaveWay: Way = {
  kind: 'leave',
  title: 'Leave it as it stands',
  sentence: 'The operation ends as failed, and everything stays as it is now: what is left to do is done by hand.',
  isFinal: true,
}
