/** XML as plain values: what a decision about a message reads. Comments and instructions are not part of it; whoever reads refuses them. */
export interface XmlElement {
  /** Namespace URI; empty for none. */
  readonly namespace: string
  /** Without its prefix. */
  readonly name: string
  /** Declarations of namespaces left out. */
  readonly attributes: readonly XmlAttribute[]
  readonly children: readonly XmlElement[]
  /** The element's own text, that of its children left out. */
  readonly text: string
}

export interface XmlAttribute {
  readonly namespace: string
  readonly name: string
  readonly value: string
}

/** The value of an attribute without a namespace. */
export function attributeOf(element: XmlElement | undefined, name: string): string | undefined {
  return element?.attributes.find((each) => each.namespace === '' && each.name === name)?.value
}

export function isNamed(element: XmlElement, namespace: string, name: string): boolean {
  return element.namespace === namespace && element.name === name
}

/** Direct children of a name, in order. */
export function childrenNamed(element: XmlElement | undefined, namespace: string, name: string): readonly XmlElement[] {
  return element?.children.filter((each) => isNamed(each, namespace, name)) ?? []
}

/** The one direct child of a name; `undefined` when there is none or more than one. */
export function onlyChild(element: XmlElement | undefined, namespace: string, name: string): XmlElement | undefined {
  const found = childrenNamed(element, namespace, name)
  return found.length === 1 ? found[0] : undefined
}

/** What an element of text says, blanks at its ends left out; `undefined` for one that holds other elements. */
export function textOf(element: XmlElement | undefined): string | undefined {
  return element === undefined || element.children.length > 0 ? undefined : element.text.trim()
}

/** The element and everything below it, in the order of the document. */
export function* everyElement(element: XmlElement): Generator<XmlElement> {
  yield element
  for (const child of element.children) yield* everyElement(child)
}
