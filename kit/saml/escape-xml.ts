const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
}

/** What XML 1.0 §2.2 has no way to say: control characters, halves of surrogate pairs, and two that are no characters. */
const UNSAYABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is to be found
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

/** A value as it stands in text or in an attribute between double quotes. What XML cannot say becomes U+FFFD. */
export function escapeXml(value: string): string {
  return value.replace(UNSAYABLE, '\uFFFD').replace(/[&<>"'\t\n\r]/g, (each) => ESCAPES[each] ?? each)
}
