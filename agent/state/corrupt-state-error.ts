/** State that cannot be trusted: an agent that went on with a fresh one would take old requests for new ones. */
export class CorruptStateError extends Error {
  constructor(file: string, what: string, options?: ErrorOptions) {
    super(
      `${file} ${what}. The agent does not start with it: an empty one would let old requests pass. ` +
        'Restore the file, or move its whole folder away and enrol this node anew.',
      options,
    )
    this.name = 'CorruptStateError'
  }
}
