import type { Checkpoint } from './checkpoint.ts'

/** A checkpoint as a line of syslog (RFC 5424), of facility 13 (log audit) and severity 5 (notice); its message is the checkpoint in JSON. */
export function syslogLine(checkpoint: Checkpoint, host: string): string {
  const priority = 13 * 8 + 5
  const name = host.replaceAll(/[^\x21-\x7e]/g, '').slice(0, 255) || '-'
  return `<${priority}>1 ${checkpoint.at} ${name} matriarch - audit-checkpoint - ${JSON.stringify(checkpoint)}`
}
