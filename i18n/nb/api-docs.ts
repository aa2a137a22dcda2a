export const apiDocs = {
  title: 'Hovedboks API',
  intro:
    'Alt Hovedbok gjør i rutenettet, i Excel og ved import, er kall til dette API-et. Beløp er hele øre, debet positiv. Datoer er ÅÅÅÅ-MM-DD, tidspunkter er UTC. Feil er application/problem+json med fast kode og én sak per felt.',
  machineReadable: 'OpenAPI 3.1, maskinlesbar',
  firstCall: 'Første bilag',
  example: `curl -X POST $HOVEDBOK_URL/api/v1/companies/$COMPANY/vouchers \\
  -H "Authorization: Bearer $HOVEDBOK_KEY" -H "Content-Type: application/json" -d '{
    "id": "vch_01jd3m8t5x2f7q9r4c6w0h1zka", "type": "general", "voucherDate": "2026-03-31", "text": "Strøm mars",
    "lines": [
      { "rowKey": "r1", "account": "6340", "amount": 125000, "vatCode": "1" },
      { "rowKey": "r2", "account": "1920", "amount": -125000 }
    ] }'`,
  permission: 'Rettighet',
  answer: 'Svar',
  required: 'påkrevd',
  problems: 'Problemer',
}
