import pino from 'pino'

export type Log = pino.Logger

/** JSON lines on standard output, which systemd keeps; what is secret is hidden by name. */
export function createLog(level: 'info' | 'silent' = 'info'): Log {
  return pino({
    level,
    base: { part: 'agent', pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: hidden.flatMap((name) => [name, `*.${name}`]), censor: '[hidden]' },
    serializers: { error: pino.stdSerializers.err, err: pino.stdSerializers.err },
  })
}

const hidden = ['secret', 'token', 'password', 'signature', 'proof', 'key']
