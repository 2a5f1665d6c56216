import type { EtcdAlarm } from '#domain/snapshot/dcs.ts'

/** The alarms in an endpoint's list of errors, which holds them and, apart from them, that there is no leader. */
export function alarmsOf(errors: readonly string[] | undefined): EtcdAlarm[] {
  return (errors ?? []).filter((error) => !/no leader/i.test(error)).map(alarmOf)
}

// Text of AlarmMember.String(): `memberID:7419072999386831338 alarm:NOSPACE `.
function alarmOf(error: string): EtcdAlarm {
  const kind = /\balarm:(\w+)/.exec(error)?.[1] ?? error.trim()
  return { memberId: /\bmemberID:(\d+)/.exec(error)?.[1] ?? null, kind }
}
