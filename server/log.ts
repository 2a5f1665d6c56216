import pino from 'pino'

export type Log = pino.Logger

/** A logger of one process or part: JSON lines on stdout or where it is told, secrets hidden by name. */
export function createLog(part: string, to: pino.DestinationStream = pino.destination(1)): Log {
  const options: pino.LoggerOptions = {
    base: { part, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: hidden.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[hidden]' },
    serializers: { error: pino.stdSerializers.err, err: pino.stdSerializers.err },
  }
  return pino(options, to)
}

const hidden = [
  'password',
  'passwordHash',
  'secret',
  'secrets',
  'sealed',
  'token',
  'authorization',
  'cookie',
  'databaseUrl',
  'webUrl',
]
