/**
 * What stands for `@peculiar/x509` in the Worker (wrangler.toml, "alias"; dev/bundle.ts). The passkey library needs it for the
 * certificates by which makers attest their authenticators. We ask for none (docs/decisions/0028), and so need not carry what
 * reads them, a twelfth of the Worker. A passkey that brings certificates all the same is refused.
 */
class Certificates {
  constructor() {
    throw new Error('attestation by certificate is not asked for')
  }
}

export {
  Certificates as AuthorityKeyIdentifierExtension,
  Certificates as CRLDistributionPointsExtension,
  Certificates as SubjectKeyIdentifierExtension,
  Certificates as X509Certificate,
  Certificates as X509ChainBuilder,
  Certificates as X509Crl,
}
