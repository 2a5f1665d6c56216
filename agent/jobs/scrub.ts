/** Takes secrets out of one line of output: the name stays, its value does not. */
export function scrub(line: string): string {
  return patterns.reduce((text, [pattern, by]) => text.replace(pattern, by), line)
}

/**
 * Takes secrets out of a whole text in configuration form (YAML, INI): the value of a line is all that follows its name, and in
 * YAML may go on over indented lines.
 */
export function scrubConfig(text: string): string {
  let openAt: number | null = null
  const kept: string[] = []
  for (const line of text.split('\n')) {
    const indent = line.length - line.trimStart().length
    if (openAt !== null && (line.trim() === '' || indent > openAt)) continue
    openAt = opensBlock.test(line) ? columnOf(line) : null
    kept.push(wholeLine.test(line) ? line.replace(wholeLine, `$1${hidden}`) : scrub(line))
  }
  return kept.join('\n')
}

/** Where a line's name begins; the other names of an item of a list stand in the same column. */
function columnOf(line: string): number {
  return /^\s*(?:-\s+)*/.exec(line)?.[0].length ?? 0
}

const hidden = '[hidden]'
const value = String.raw`(?:''[^'\s]+''|"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|[^\s,;}\]&]+)`
/** Names whose value is a secret. A `-key-file` or `-key-type` is none. */
const name = String.raw`(?:(?:[\w.-]*[-_.])?pass|[\w.-]*(?:password|passwd|passphrase|secret|token|cipher[-_]pass|(?:s3|gcs|azure|repo\d*)[-_]key|access[-_]key|private[-_]key|api[-_]?key|sas))`

const patterns: [RegExp, string][] = [
  // user:password@ of an address
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s@/]+@/gi, `$1:${hidden}@`],
  // name = value, name: value, --name=value, NAME=value, "name": "value"
  [new RegExp(String.raw`(^|[^\w.-])((?:--)?["']?${name}["']?\s*[:=]\s*)${value}`, 'gi'), `$1$2${hidden}`],
  [/(\bauthorization\b["']?\s*[:=]\s*).+/gi, `$1${hidden}`],
  [/(\bpassword\s+)'(?:[^']|'')*'/gi, `$1${hidden}`],
  // What S3 answers to a request that it refuses, and what it was asked with.
  [/(<(?:AWSAccessKeyId|StringToSign|StringToSignBytes|SignatureProvided|CanonicalRequest)>)[^<]*/gi, `$1${hidden}`],
  [/(\bcredential=)[^\s,/]+/gi, `$1${hidden}`],
]

/** A line that is one name with its value; one that begins with a brace of YAML is none. */
const wholeLine = new RegExp(String.raw`^(\s*(?:[#;]+\s*)?(?:-\s+)*["']?${name}["']?\s*[:=]\s*)\S.*$`, 'i')
const opensBlock = new RegExp(String.raw`^\s*(?:-\s+)*["']?${name}["']?\s*:(?:\s.*)?$`, 'i')
