/** How this tab hears of changes. */
export interface LineState {
  phase: 'connecting' | 'live' | 'reconnecting' | 'paused'
  storeReachable: boolean
  storeSentence: string | null
  /** Cluster whose details are heard besides the fleet's rows. */
  cluster: string | null
  /** Whether the page that the server made stands: what is heard before would differ from it. */
  isPageThere: boolean
}

/** The state of the tab's one live line, for everything that shows it. */
export class Line {
  #state: LineState = {
    phase: 'connecting',
    storeReachable: true,
    storeSentence: null,
    cluster: null,
    isPageThere: false,
  }
  readonly #first = this.#state
  readonly #listeners = new Set<() => void>()
  /** The newest message heard of the cluster that is watched: a new line goes on from there. */
  lastEventId: string | undefined
  #hasMissed = false

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly read = (): LineState => this.#state
  readonly readFirst = (): LineState => this.#first

  setPhase(phase: LineState['phase']) {
    if (phase === 'paused' || phase === 'reconnecting') this.#hasMissed = true
    if (phase !== this.#state.phase) this.#publish({ phase })
  }

  /** True once after a time in which messages may have been missed. */
  takeMissed(): boolean {
    const hasMissed = this.#hasMissed
    this.#hasMissed = false
    return hasMissed
  }

  setStore(storeReachable: boolean, storeSentence: string | null) {
    if (storeReachable !== this.#state.storeReachable || storeSentence !== this.#state.storeSentence) {
      this.#publish({ storeReachable, storeSentence })
    }
  }

  standPage() {
    if (!this.#state.isPageThere) this.#publish({ isPageThere: true })
  }

  watch(cluster: string | null) {
    if (cluster === this.#state.cluster) return
    // What another cluster had told says nothing of what is known of this one.
    this.lastEventId = undefined
    this.#publish({ cluster })
  }

  #publish(change: Partial<LineState>) {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }
}
