import { decodePosted } from '#kit/saml/message-encoding.ts'
import { readXml } from '#kit/saml/read-xml.ts'
import { everyElement, type XmlElement } from '#kit/saml/xml-tree.ts'

/** Fields of the form that carries an answer. */
export type AnswerFields = Readonly<Record<string, string>>

/** The answer in them, as XML. */
export function xmlOf(fields: AnswerFields): string {
  const decoded = decodePosted(fields['SAMLResponse'] ?? '')
  if (!decoded.ok) throw new Error(decoded.problem)
  return decoded.xml
}

/** The elements of a message by their names, without prefixes. */
export function elementsOf(xml: string): (name: string) => readonly XmlElement[] {
  const reading = readXml(xml)
  if (!reading.ok) throw new Error(reading.problem)
  const all = [...everyElement(reading.root)]
  return (name) => all.filter((each) => each.name === name)
}

/** Values of the attributes of an answer, by name. */
export function attributesOf(xml: string): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    elementsOf(xml)('Attribute').map(({ attributes, children }) => [
      attributes.find(({ name }) => name === 'Name')?.value ?? '',
      children.map(({ text }) => text),
    ]),
  )
}
