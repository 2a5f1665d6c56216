/** The bytes of a log, of which any part can be read. */
export interface LogBytes {
  size: number
  read(offset: number, length: number): Promise<Buffer>
}
