/**
 * The output of `--output=json` as JSON that keeps everything: system identifiers of 64 bits become text, and control characters
 * are replaced that pgBackRest passes on raw when it quotes a file it cannot decrypt.
 */
export function readableJson(body: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what JSON forbids within a text
  const withoutControls = body.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\uFFFD')
  return withoutControls.replace(/("system-id"\s*:\s*)(\d{1,20})(?=\s*[,}])/g, '$1"$2"')
}
