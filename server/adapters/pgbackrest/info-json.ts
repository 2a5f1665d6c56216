/**
 * The output of `--output=json` as JSON that keeps everything: system identifiers of 64 bits become text, and control characters
 * are replaced that pgBackRest passes on raw when it quotes a file it cannot decrypt.
 */
export function readableJson(body: string): string {
  const withoutControls = body.replace(/(?![\t\n\r])\p{Cc}/gu, '\uFFFD')
  return withoutControls.replace(/("system-id"\s*:\s*)(\d{1,20})(?=\s*[,}])/g, '$1"$2"')
}
