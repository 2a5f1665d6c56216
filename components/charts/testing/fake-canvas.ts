/** What a browser has and jsdom has not: a canvas that takes what is drawn, and a screen that holds the first two of what is observed. The returned function takes it away again: other tests share the document. */
export function fakeCanvas(): () => void {
  const context = new Proxy<Record<string | symbol, unknown>>(
    {},
    {
      get: (known, name) => (name in known ? known[name] : answerOf(name)),
      set: (known, name, value) => {
        known[name] = value
        return true
      },
    },
  )
  const given: [object, string, unknown][] = [
    [HTMLCanvasElement.prototype, 'getContext', () => context],
    [globalThis, 'Path2D', FakePath],
    [globalThis, 'ResizeObserver', FakeObserver],
    [globalThis, 'IntersectionObserver', SeeingObserver],
    [globalThis, 'matchMedia', () => ({ matches: false, addEventListener: none, removeEventListener: none })],
  ]
  const before = given.map(([owner, name]) => Object.getOwnPropertyDescriptor(owner, name))
  for (const [owner, name, value] of given) {
    Object.defineProperty(owner, name, { value, configurable: true, writable: true })
  }
  return () => {
    for (const [index, [owner, name]] of given.entries()) {
      const descriptor = before[index]
      if (descriptor) Object.defineProperty(owner, name, descriptor)
      else Reflect.deleteProperty(owner, name)
    }
  }
}

function none() {
  return undefined
}

function answerOf(name: string | symbol): unknown {
  if (name === 'measureText') return () => ({ width: 10 })
  if (name === 'createLinearGradient') return () => ({ addColorStop: none })
  return none
}

class FakePath {
  constructor() {
    // oxlint-disable-next-line no-constructor-return -- every method of a path is there and does nothing
    return new Proxy(this, { get: () => none })
  }
}

class FakeObserver {
  observe() {
    return undefined
  }
  unobserve() {
    return undefined
  }
  disconnect() {
    return undefined
  }
}

class SeeingObserver extends FakeObserver {
  readonly #call: IntersectionObserverCallback
  #targets: Element[] = []

  constructor(call: IntersectionObserverCallback) {
    super()
    this.#call = call
  }

  override observe(target?: Element) {
    if (!target) return undefined
    this.#targets.push(target)
    if (this.#targets.length === 1) queueMicrotask(() => this.#tell())
    return undefined
  }

  #tell() {
    const entries = this.#targets.map((target, index) => ({ target, isIntersecting: index < 2 }))
    this.#call(entries as unknown as IntersectionObserverEntry[], this as unknown as IntersectionObserver)
  }
}
