/** A browser by what it calls itself, as one would: `Chrome on Linux`; programs go by their own name. */
export function deviceWords(userAgent: string): string {
  const program = programs.find(({ pattern }) => pattern.test(userAgent))?.name
  const system = systems.find(({ pattern }) => pattern.test(userAgent))?.name
  if (program && system) return `${program} on ${system}`
  if (program || system) return program ?? `A browser on ${system}`
  const first = /^[\w.-]{1,30}/u.exec(userAgent)?.[0]
  return first ?? 'Unknown device'
}

// Browsers carry each other's names: the one that only it has comes first.
const programs = [
  { name: 'Edge', pattern: /\bEdg(?:A|iOS)?\// },
  { name: 'Opera', pattern: /\bOPR\// },
  { name: 'Samsung Internet', pattern: /\bSamsungBrowser\// },
  { name: 'Firefox', pattern: /\b(?:Firefox|FxiOS)\// },
  { name: 'Chrome', pattern: /\b(?:Headless)?Chrom(?:e|ium)\/|\bCriOS\// },
  { name: 'Safari', pattern: /\bVersion\/[\d.]+.*\bSafari\// },
]

const systems = [
  { name: 'iPhone', pattern: /\biPhone\b/ },
  { name: 'iPad', pattern: /\biPad\b/ },
  { name: 'Android', pattern: /\bAndroid\b/ },
  { name: 'Windows', pattern: /\bWindows\b/ },
  { name: 'macOS', pattern: /\bMac OS X\b/ },
  { name: 'ChromeOS', pattern: /\bCrOS\b/ },
  { name: 'Linux', pattern: /\bLinux\b/ },
]
