import { X509Certificate } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer, get } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { localCertificate } from '#dev/certificate.ts'

mkdirSync('node_modules/.cache', { recursive: true })
const dir = mkdtempSync('node_modules/.cache/certificate-')
afterAll(() => rmSync(dir, { recursive: true, force: true }))

test('the certificate is kept, its key is for the owner only, and it is made again before it runs out', () => {
  const { httpsCert } = localCertificate(dir)
  expect(localCertificate(dir).httpsCert).toBe(httpsCert)
  expect(statSync(join(dir, 'localhost-key.pem')).mode & 0o777).toBe(0o600)
  const twoYears = Date.now() + 800 * 24 * 60 * 60 * 1000
  expect(localCertificate(dir, twoYears).httpsCert).not.toBe(httpsCert)
})

test('who trusts it reaches localhost, and it vouches for nobody else', async () => {
  const { httpsKey, httpsCert } = localCertificate(join(dir, 'other'))
  const certificate = new X509Certificate(httpsCert)
  expect(certificate.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1')
  expect([certificate.ca, certificate.verify(certificate.publicKey)]).toEqual([false, true])

  const server = createServer({ key: httpsKey, cert: httpsCert }, (_, response) => response.end('hei'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const ask = (ca: string[]) =>
    new Promise<number | undefined>((resolve, reject) =>
      get({ host: 'localhost', port, ca, agent: false }, (response) => resolve(response.resume().statusCode)).on(
        'error',
        reject,
      ),
    )
  expect(await ask([httpsCert])).toBe(200)
  await expect(ask([])).rejects.toThrow(/self.signed/)
  server.close()
})
