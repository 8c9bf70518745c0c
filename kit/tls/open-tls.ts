import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { openVault } from '#kit/secrets.ts'
import type { Vault } from '#kit/system/system.ts'
import { isSignable, type KeyedCertificate, makeAuthority, makeServerCertificate } from './certificates.ts'

/** What a server shows: its chain and its key, PEM. */
export interface ServerIdentity {
  /** The certificate, then that of the authority. */
  readonly cert: string
  readonly key: string
}

/** The local authority of a data folder, and the certificate it has signed for the servers of this machine. */
export interface LocalTls {
  /** Certificate of the authority, PEM: what clients must trust. */
  readonly ca: string
  /** The file that holds it. */
  readonly caFile: string
  /** What to tell the person who starts the kit. */
  readonly notices: readonly string[]
  readonly identity: ServerIdentity
  /**
   * A new identity once the present one is about to expire, by wall time; `undefined` while it will do. Asked at every connection, so it
   * costs nothing until then.
   */
  renewed(): Promise<ServerIdentity | undefined>
}

/** What lies in the data folder cannot be used; `message` says what to do. */
export class TlsUnusable extends Error {
  override readonly name = 'TlsUnusable'
}

/** Names every certificate has: this machine's. */
const LOCAL_HOSTS = ['localhost', '127.0.0.1', '::1'] as const

const HOUR_MS = 60 * 60 * 1000
const RENEW_BEFORE_MS = 30 * 24 * HOUR_MS

const Kept = z.strictObject({ certificate: z.string(), sealedKey: z.string() })

/**
 * Open the authority of `dir`, and make it when there is none. Processes that come at once agree on one: it is linked into place whole,
 * and whoever is later takes what is there. The server's certificate is made anew when it is missing, about to expire, of another
 * authority, or for other names.
 *
 * Files: `ca.pem`, for everybody; `tls/authority.json` and `tls/server.json`, for their owner alone, keys sealed with `kit.key`.
 *
 * @param hosts Further host names of the public addresses. Those the authority may not sign for are left out, with a notice.
 * @throws {TlsUnusable} when the authority there cannot be used: damaged, over, or sealed with another `kit.key`. It is never replaced
 * unasked, since people have told their machines to trust it.
 */
export async function openTls(options: {
  readonly dir: string
  readonly hosts?: readonly string[]
  readonly wall?: () => number
}): Promise<LocalTls> {
  const { dir, hosts = [], wall = Date.now } = options
  const folder = join(dir, 'tls')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const vault = openVault(dir)
  const authority = await loadAuthority(join(folder, 'authority.json'), vault, wall())
  const caFile = join(dir, 'ca.pem')
  if (readIfThere(caFile) !== authority.certificate) replaceFile(caFile, authority.certificate, 0o644)

  const bare = hosts.map((host) => host.replace(/^\[|\]$/g, ''))
  const names = [...new Set([...LOCAL_HOSTS, ...bare.filter(isSignable)])]
  const serverFile = join(folder, 'server.json')
  const makeServer = async (): Promise<KeyedCertificate> => {
    const made = await makeServerCertificate(authority, names, wall())
    const text = writeKept(made, vault)
    createUnlessThere(serverFile, text)
    // Another process may have been quicker: one certificate will do for all.
    const theirs = readServer(serverFile, vault, { authority, names, nowMs: wall() })
    if (theirs === undefined) replaceFile(serverFile, text, 0o600)
    return theirs ?? made
  }
  let server = readServer(serverFile, vault, { authority, names, nowMs: wall() }) ?? (await makeServer())
  let renewFromMs = renewalOf(server)
  let renewing: Promise<void> | undefined

  const identityOf = ({ certificate, key }: KeyedCertificate): ServerIdentity => ({
    cert: `${certificate.trim()}\n${authority.certificate}`,
    key,
  })
  return {
    ca: authority.certificate,
    caFile,
    notices: [...new Set(bare)]
      .filter((host) => !isSignable(host))
      .map((host) => `The local CA does not sign for ${host}: what ends TLS there needs a certificate of its own.`),
    get identity() {
      return identityOf(server)
    },
    async renewed() {
      if (wall() < renewFromMs) return undefined
      renewing ??= makeServer()
        .then((made) => {
          server = made
          renewFromMs = Math.max(renewalOf(made), wall() + HOUR_MS)
        })
        .finally(() => {
          renewing = undefined
        })
      await renewing
      return identityOf(server)
    },
  }
}

/** When to renew, wall milliseconds. A certificate that ends with its authority is not made over and over. */
function renewalOf({ certificate }: KeyedCertificate): number {
  const { validFrom, validTo } = new X509Certificate(certificate)
  return Math.max(Date.parse(validTo) - RENEW_BEFORE_MS, (Date.parse(validFrom) + Date.parse(validTo)) / 2)
}

async function loadAuthority(file: string, vault: Vault, nowMs: number): Promise<KeyedCertificate> {
  const found = readIfThere(file)
  if (found !== undefined) return readAuthority(found, file, vault, nowMs)
  createUnlessThere(file, writeKept(await makeAuthority(nowMs), vault))
  const made = readIfThere(file)
  if (made === undefined) throw new TlsUnusable(`${file} vanished while it was made. Start again.`)
  return readAuthority(made, file, vault, nowMs)
}

/** @throws {TlsUnusable} */
function readAuthority(text: string, file: string, vault: Vault, nowMs: number): KeyedCertificate {
  const hint = `Put the right file back; or remove ${file}: a new authority is made, and has to be trusted anew.`
  const kept = parseKept(text)
  if (kept === undefined) throw new TlsUnusable(`${file} does not hold the local CA. ${hint}`)
  const key = unseal(kept.sealedKey, vault)
  if (key === undefined) {
    throw new TlsUnusable(`The key in ${file} was sealed with another kit.key, or altered. ${hint}`)
  }
  const certificate = parseCertificate(kept.certificate)
  if (certificate === undefined || !belongs(certificate, key) || !certificate.ca) {
    throw new TlsUnusable(`Certificate and key in ${file} do not belong together. ${hint}`)
  }
  if (Date.parse(certificate.validTo) <= nowMs) {
    throw new TlsUnusable(`The local CA in ${file} has expired on ${certificate.validTo}. ${hint}`)
  }
  return { certificate: kept.certificate, key }
}

/** The kept certificate when it is good for now; `undefined` when another has to be made. */
function readServer(
  file: string,
  vault: Vault,
  wanted: { readonly authority: KeyedCertificate; readonly names: readonly string[]; readonly nowMs: number },
): KeyedCertificate | undefined {
  const kept = parseKept(readIfThere(file) ?? '')
  const key = kept === undefined ? undefined : unseal(kept.sealedKey, vault)
  const certificate = kept === undefined ? undefined : parseCertificate(kept.certificate)
  if (kept === undefined || key === undefined || certificate === undefined) return undefined
  const issuer = new X509Certificate(wanted.authority.certificate)
  const { certificate: pem } = kept
  const isGood =
    belongs(certificate, key) &&
    certificate.checkIssued(issuer) &&
    certificate.verify(issuer.publicKey) &&
    namesOf(certificate) === namesAsNodeSays(wanted.names) &&
    Date.parse(certificate.validFrom) <= wanted.nowMs &&
    wanted.nowMs < renewalOf({ certificate: pem, key })
  return isGood ? { certificate: pem, key } : undefined
}

const namesOf = (certificate: X509Certificate): string =>
  (certificate.subjectAltName ?? '')
    .split(', ')
    .map((name) => name.replace('IP Address:0:0:0:0:0:0:0:1', 'IP Address:::1'))
    .toSorted()
    .join(', ')

const namesAsNodeSays = (names: readonly string[]): string =>
  names
    .map((name) => (/^[\d.]+$|:/.test(name) ? `IP Address:${name}` : `DNS:${name}`))
    .toSorted()
    .join(', ')

function belongs(certificate: X509Certificate, keyPem: string): boolean {
  try {
    return certificate.checkPrivateKey(createPrivateKey(keyPem))
  } catch {
    return false
  }
}

function parseCertificate(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem)
  } catch {
    return undefined
  }
}

function unseal(sealed: string, vault: Vault): string | undefined {
  try {
    return vault.open(sealed)
  } catch {
    return undefined
  }
}

function parseKept(text: string): z.infer<typeof Kept> | undefined {
  try {
    return Kept.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

const writeKept = ({ certificate, key }: KeyedCertificate, vault: Vault): string =>
  `${JSON.stringify({ certificate, sealedKey: vault.seal(key) }, null, 2)}\n`

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Make `file`, unless somebody was quicker. It is there whole or not at all. */
function createUnlessThere(file: string, text: string): void {
  const mine = writeBeside(file, text, 0o600)
  try {
    linkSync(mine, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(mine, { force: true })
  }
}

function replaceFile(file: string, text: string, mode: number): void {
  renameSync(writeBeside(file, text, mode), file)
}

function writeBeside(file: string, text: string, mode: number): string {
  const mine = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`
  writeFileSync(mine, text, { mode, flag: 'wx' })
  return mine
}
