import { EXIT } from './exit-codes.ts'

/**
 * Ends the process quietly when whoever reads `stream` has gone: `kit … | head` has all it asked for, so that is no failure.
 *
 * @throws Any other error of the stream, as an uncaught one.
 */
export function leaveWithReader(stream: NodeJS.WritableStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit(EXIT.passed)
  })
}
