/**
 * A time as Postgres writes it in its log, `2026-11-25 15:16:35.885054+01`, in microseconds since 1970; null where the text is none
 * or its zone is an abbreviation other than UTC.
 */
export function postgresMicroseconds(text: string | null): number | null {
  const match = timeForm.exec(text?.trim() ?? '')
  if (match === null) return null
  const [, day = '', time = '', fraction = '', zone = 'Z', sign = '+', hours = '0', minutes = '0', seconds = '0'] =
    match
  const ms = Date.parse(`${day}T${time}Z`)
  if (Number.isNaN(ms)) return null
  const aheadMs = /^[+-]/.test(zone) ? ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 : 0
  return (ms - Number(`${sign}1`) * aheadMs) * 1000 + Number(fraction.padEnd(6, '0'))
}

const timeForm =
  /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\s*(Z|UTC|GMT|([+-])(\d\d)(?::?(\d\d))?(?::?(\d\d))?)$/
