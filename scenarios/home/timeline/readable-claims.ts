/** The times of a token in words: claims count seconds (RFC 7519 §2, NumericDate). Empty when it has none. Pure. */
export function readableClaims(claims: Readonly<Record<string, unknown>>): string {
  const times = [
    ['issued', claims['iat']],
    ['valid from', claims['nbf']],
    ['expires', claims['exp']],
  ] as const
  return times
    .flatMap(([word, seconds]) =>
      typeof seconds === 'number' && Math.abs(seconds) < 1e11
        ? [`${word} ${new Date(seconds * 1000).toISOString()}`]
        : [],
    )
    .join(', ')
}
