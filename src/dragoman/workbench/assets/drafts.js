// @ts-check
// What was typed, in this browser's own database: written on every input, forgotten once it is saved.

/**
 * @typedef {{id: string, project: string, text: string, locale: string, message: string, number: string,
 *   value: string, base: string, source: string, at: number}} Draft
 */

/** @type {Promise<IDBDatabase> | undefined} */
let opening;

function database() {
  opening ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open("dragoman", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("drafts", { keyPath: "id" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  return opening;
}

/**
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} act
 * @returns {Promise<T>}
 */
async function through(mode, act) {
  const transaction = (await database()).transaction("drafts", mode, { durability: "relaxed" });
  const asked = act(transaction.objectStore("drafts"));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

/** @param {string} project @param {string} text @param {string} locale @param {string} message */
export const idOf = (project, text, locale, message) => [project, locale, message, text].join("/");

/** @param {Draft} draft */
export const keep = (draft) => through("readwrite", (store) => store.put(draft));

/** @param {string} id */
export const forget = (id) => through("readwrite", (store) => store.delete(id));

/** All of a project. @param {string} project @returns {Promise<Draft[]>} */
export const all = (project) => through("readonly", (store) =>
  store.getAll(IDBKeyRange.bound(`${project}/`, `${project}/\uffff`)));
