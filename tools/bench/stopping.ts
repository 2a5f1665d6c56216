/** Somebody ended the bench before it was done. */
export class BenchStopped extends Error {
  override name = 'BenchStopped'
}

/** The work, or BenchStopped as soon as the bench is told to stop: what it has set up can then be taken down. */
export function unlessStopped<T>(work: Promise<T>, stopping: AbortSignal): Promise<T> {
  const stopped = new Promise<never>((_resolve, reject) => {
    const stop = () => reject(new BenchStopped('The bench was stopped.'))
    if (stopping.aborted) stop()
    else stopping.addEventListener('abort', stop, { once: true })
  })
  return Promise.race([work, stopped])
}
