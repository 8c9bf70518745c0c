/** Letters that are no base letter with a mark, and what stands for them (reference 5.3). */
const SPELLED_OUT: Readonly<Record<string, string>> = {
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'oe',
  Ø: 'OE',
  ß: 'ss',
  ẞ: 'SS',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ı: 'i',
}

/** The text with accents off. */
export function withoutDiacritics(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[æÆœŒøØßẞłŁđĐı]/g, (letter) => SPELLED_OUT[letter] ?? letter)
    .normalize('NFC')
}
