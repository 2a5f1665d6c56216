/**
 * The same command, which yields the processor to whatever is not behind. Where Linux shares it out by session (sched(7),
 * "The autogroup feature"), a process's own niceness counts within its session alone: that of the session is set too.
 */
export function behind(argv: [string, ...string[]]): [string, ...string[]] {
  return ['sh', '-c', script, 'behind', ...argv]
}

const script = '{ echo 5 >/proc/self/autogroup; } 2>/dev/null; exec nice -n 5 "$@"'
