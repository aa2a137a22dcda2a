/** A database of the browser's own with one store: gives what asks it. */
export const browserDatabase =
  (name: string, store: string) =>
  async (mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest): Promise<unknown> => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(store)
    const database = await answered(request)
    try {
      return await answered(ask(database.transaction(store, mode).objectStore(store)))
    } finally {
      database.close()
    }
  }

const answered = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
