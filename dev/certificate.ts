// A certificate for https://localhost, for `npm start -- --https`: Excel loads an add-in over https only.
// It is made once and kept, so that it has to be trusted once. X.509 (RFC 5280) by hand, since Node reads certificates but makes none.
import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const days = 24 * 60 * 60 * 1000
/** As long as Apple's systems take a certificate that the user trusts. */
const validForDays = 825

/** Key and certificate as PEM, from the folder or made and put there. */
export function localCertificate(dir: string, now = Date.now()): { httpsKey: string; httpsCert: string } {
  const keyFile = join(dir, 'localhost-key.pem')
  const certificateFile = join(dir, 'localhost.pem')
  if (existsSync(keyFile) && existsSync(certificateFile)) {
    const httpsCert = readFileSync(certificateFile, 'utf8')
    if (Date.parse(new X509Certificate(httpsCert).validTo) - now > 30 * days)
      return { httpsKey: readFileSync(keyFile, 'utf8'), httpsCert }
  }
  mkdirSync(dir, { recursive: true })
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const httpsKey = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  const httpsCert = pem('CERTIFICATE', selfSigned(createPrivateKey(httpsKey), publicKey, now))
  writeFileSync(keyFile, httpsKey, { mode: 0o600 })
  writeFileSync(certificateFile, httpsCert)
  return { httpsKey, httpsCert }
}

const pem = (label: string, der: Buffer) =>
  `-----BEGIN ${label}-----\n${der
    .toString('base64')
    .replace(/(.{64})/g, '$1\n')
    .trim()}\n-----END ${label}-----\n`

function selfSigned(privateKey: KeyObject, publicKey: KeyObject, now: number): Buffer {
  const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'))
  const name = sequence(set(sequence(oid('550403'), utf8('Hovedbok localhost'))))
  const validity = sequence(time(now - days), time(now + (validForDays - 1) * days))
  const extensions = sequence(
    extension('551d13', true, sequence()), // basicConstraints: signs no other certificate
    extension('551d0f', true, tagged(0x03, Buffer.from([7, 0x80]))), // keyUsage: digitalSignature
    extension('551d25', false, sequence(oid('2b06010505070301'))), // extKeyUsage: serverAuth
    // subjectAltName: localhost, 127.0.0.1, ::1
    extension(
      '551d11',
      false,
      sequence(
        tagged(0x82, Buffer.from('localhost')),
        tagged(0x87, Buffer.from([127, 0, 0, 1])),
        tagged(0x87, Buffer.from('1'.padStart(32, '0'), 'hex')),
      ),
    ),
  )
  const certificate = sequence(
    tagged(0xa0, integer(Buffer.from([2]))), // version 3
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ecdsaWithSha256,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }) as Buffer,
    tagged(0xa3, extensions),
  )
  const signature = sign('sha256', certificate, privateKey)
  return sequence(certificate, ecdsaWithSha256, tagged(0x03, Buffer.from([0]), signature))
}

// DER: a tag, a length, a value.
function tagged(tag: number, ...parts: Buffer[]): Buffer {
  const value = Buffer.concat(parts)
  const length =
    value.length < 128
      ? [value.length]
      : value.length < 256
        ? [0x81, value.length]
        : [0x82, value.length >> 8, value.length & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), value])
}
const sequence = (...parts: Buffer[]) => tagged(0x30, ...parts)
const set = (...parts: Buffer[]) => tagged(0x31, ...parts)
const integer = (value: Buffer) => tagged(0x02, value)
const oid = (hex: string) => tagged(0x06, Buffer.from(hex, 'hex'))
const utf8 = (text: string) => tagged(0x0c, Buffer.from(text))
/** UTCTime: YYMMDDHHMMSSZ. */
const time = (ms: number) =>
  tagged(0x17, Buffer.from(`${new Date(ms).toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`))
const extension = (id: string, critical: boolean, value: Buffer) =>
  sequence(oid(id), ...(critical ? [tagged(0x01, Buffer.from([255]))] : []), tagged(0x04, value))
