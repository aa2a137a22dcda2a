import { hundredths } from './saft-amount.ts'
import { branch, emptyLine, emptyTransaction, leaf, type Node, type Reading } from './saft-reading.ts'

const amountOf = (use: (r: Reading, amount: number) => void): Node =>
  branch(
    {
      Amount: leaf((r, t) => {
        r.money.amount = r.oreOf(t)
      }),
      CurrencyCode: leaf((r, t) => {
        r.money.currency = t
      }),
      CurrencyAmount: leaf((r, t) => {
        r.money.currencyAmount = t
      }),
      ExchangeRate: leaf((r, t) => {
        r.money.rate = t
      }),
    },
    {
      open: (r) => {
        r.money = { amount: undefined, currency: '', currencyAmount: '', rate: '' }
      },
      close: (r) => {
        use(r, r.money.amount ?? r.refuse('saft/incomplete', { field: 'Amount' }))
      },
    },
  )

const lineAmount = (isDebit: boolean): Node =>
  amountOf((r, amount) => {
    const line = r.saftLine
    line.amount += isDebit ? amount : -amount
    line.isDebit = isDebit
    if (r.money.currency === '' || r.money.currency === 'NOK') return
    line.currency = r.money.currency
    line.currencyAmount = r.money.currencyAmount
    line.rate = r.money.rate
  })

const line = branch(
  {
    RecordID: leaf((r, t) => {
      r.saftLine.recordId = t
    }),
    AccountID: leaf((r, t) => {
      r.saftLine.account = t
    }),
    CustomerID: leaf((r, t) => {
      r.saftLine.customer = t
    }),
    SupplierID: leaf((r, t) => {
      r.saftLine.supplier = t
    }),
    Description: leaf((r, t) => {
      r.saftLine.text = t
    }),
    DebitAmount: lineAmount(true),
    CreditAmount: lineAmount(false),
    ReferenceNumber: leaf((r, t) => {
      r.saftLine.reference = t
    }),
    CID: leaf((r, t) => {
      r.saftLine.paymentReference = t
    }),
    DueDate: leaf((r, t) => {
      r.saftLine.dueDate = r.dayOf(t)
    }),
    Quantity: leaf((r, t) => {
      r.saftLine.quantity = t
    }),
    Analysis: branch(
      {
        AnalysisType: leaf((r, t) => {
          r.analysis.type = t
        }),
        AnalysisID: leaf((r, t) => {
          r.analysis.id = t
        }),
        DebitAnalysisAmount: amountOf((r, amount) => {
          r.analysis.amount = amount
        }),
        CreditAnalysisAmount: amountOf((r, amount) => {
          r.analysis.amount = -amount
        }),
      },
      {
        open: (r) => {
          r.analysis = { type: '', id: '', amount: null }
        },
        close: (r) => {
          if (r.analysis.type === '' || r.analysis.id === '') return
          r.saftLine.analysis ??= []
          r.saftLine.analysis.push(r.analysis)
        },
      },
    ),
    TaxInformation: branch(
      {
        TaxCode: leaf((r, t) => {
          r.tax.code = t
        }),
        TaxPercentage: leaf((r, t) => {
          r.tax.percent = t
        }),
        TaxBase: leaf((r, t) => {
          r.tax.base = hundredths(t) ?? null
        }),
        DebitTaxAmount: amountOf((r, amount) => {
          r.tax.amount = amount
        }),
        CreditTaxAmount: amountOf((r, amount) => {
          r.tax.amount = -amount
        }),
        TaxAmount: amountOf((r, amount) => {
          r.tax.amount = amount
          r.tax.unsigned = true
        }),
      },
      {
        open: (r) => {
          r.tax = { code: '', percent: '', base: null, amount: 0, unsigned: false }
        },
        close: (r) => {
          r.saftLine.tax ??= []
          r.saftLine.tax.push(r.tax)
        },
      },
    ),
  },
  {
    open: (r) => {
      r.saftLine = emptyLine(r.lineNow())
    },
    close: (r) => {
      r.need(r.saftLine.account, 'AccountID', 70)
      r.exact(r.saftLine.amount)
      r.sum = r.exact(r.sum + r.saftLine.amount)
      r.transaction.lines.push(r.saftLine)
    },
  },
)

const transaction = branch(
  {
    TransactionID: leaf((r, t) => {
      r.transaction.id = t
    }),
    Period: leaf((r, t) => {
      r.transaction.period = t
    }),
    PeriodYear: leaf((r, t) => {
      r.transaction.periodYear = t
    }),
    TransactionDate: leaf((r, t) => {
      r.transaction.transactionDate = r.dayOf(t)
    }),
    GLPostingDate: leaf((r, t) => {
      r.transaction.postingDate = r.dayOf(t)
    }),
    VoucherType: leaf((r, t) => {
      r.transaction.voucherType = t
    }),
    VoucherDescription: leaf((r, t) => {
      r.transaction.voucherDescription = t
    }),
    Description: leaf((r, t) => {
      r.transaction.text = t
    }),
    Line: line,
  },
  {
    open: (r) => {
      r.transaction = emptyTransaction(r.lineNow(), r.journal)
      r.sum = 0
    },
    close: (r) => {
      const { transaction, sum } = r
      r.need(transaction.id, 'TransactionID', 128)
      if (!transaction.postingDate && !transaction.transactionDate)
        r.refuse('saft/incomplete', { field: 'GLPostingDate' })
      if (sum !== 0)
        r.refuse('saft/unbalanced-transaction', {
          line: transaction.line,
          transaction: transaction.id,
          difference: sum,
        })
      r.transactions.push(transaction)
    },
  },
)

/** The elements of the general ledger entries that are read. */
export const entries = branch(
  {
    NumberOfEntries: leaf((r, t) => {
      r.totals.entries = /^\d{1,15}$/.test(t) ? Number(t) : null
    }),
    TotalDebit: leaf((r, t) => {
      r.totals.debit = hundredths(t) ?? null
    }),
    TotalCredit: leaf((r, t) => {
      r.totals.credit = hundredths(t) ?? null
    }),
    Journal: branch(
      {
        JournalID: leaf((r, t) => {
          r.journal.id = t
        }),
        Description: leaf((r, t) => {
          r.journal.description = t
        }),
        Type: leaf((r, t) => {
          r.journal.type = t
        }),
        Transaction: transaction,
      },
      {
        open: (r) => {
          r.journal = { id: '', description: '', type: '' }
        },
      },
    ),
  },
  {
    open: (r) => {
      if (!r.header) r.refuse('saft/incomplete', { field: 'Header' })
      r.mastersEnded = true
    },
  },
)
