// One measure of one peer of the messaging benchmark:
//
//   npm ci --ignore-scripts
//   PGHOST=… PGPORT=… PGUSER=… node run.mjs graphile-worker|pg-boss batch|single [--count N] [--concurrency N] [--publishers N] [--fetch N] [--chunk N]
//
// It makes a database of its own beside PGDATABASE, and drops it at the end. The last line is JSON: peer, measure, messages, seconds, perSecond,
// and the options that were used. Whatever fails ends it with a code other than 0.
//
//   batch   published in bulk by one client while a trivial handler takes them in bulk
//   single  each published in a transaction of its own by several clients at once, and handled with an effect (a row in a table of the handler)
//           in a transaction of its own; publishing and handling run at the same time
//
// The clock runs from the first publish until the last message is completed in the database. Publishing has a thread of its own, as the
// processes of a web application and of its workers are separate.
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { maintain, pool } from './connection.mjs';

const peers = { 'graphile-worker': './graphile-worker.mjs', 'pg-boss': './pg-boss.mjs' };
const patience = 300_000; // ms; a measure that takes longer has failed

if (isMainThread) await measureOne();
else await publishAll(workerData);

async function measureOne() {
  const numbers = ['count', 'concurrency', 'publishers', 'fetch', 'chunk'];
  const { values, positionals: [name, measure] } = parseArgs({ allowPositionals: true, options: Object.fromEntries(numbers.map(n => [n, { type: 'string' }])) });
  if (!peers[name] || !['batch', 'single'].includes(measure)) {
    console.error(`Usage: node run.mjs ${Object.keys(peers).join('|')} batch|single ${numbers.map(n => `[--${n} N]`).join(' ')}`);
    process.exit(2);
  }
  const { count = measure === 'batch' ? 50_000 : 20_000, ...given } = Object.fromEntries(Object.entries(values).map(([k, v]) => [k, Number(v)]));
  const peer = await import(peers[name]);
  const options = { ...peer.defaults[measure], ...given };
  const database = `association_peer_${process.pid}`;

  await maintain(`create database ${database}`);
  try {
    await peer.setUp(database);
    const seconds = await time(peer, name, measure, database, count, options);
    await check(database, measure, count);
    console.log(JSON.stringify({ peer: name, measure, messages: count, seconds: Number(seconds.toFixed(3)), perSecond: Math.round(count / seconds), ...options }));
  } finally {
    await maintain(`drop database if exists ${database} with (force)`);
  }
}

async function time(peer, name, measure, database, count, options) {
  const publishing = new Worker(new URL(import.meta.url), { workerData: { name, measure, database, count, options } });
  const broken = once(publishing, 'error').then(([error]) => { throw error; });
  let handled = 0;
  let all;
  const allHandled = new Promise(resolve => { all = resolve; });
  const handling = await peer.handler(database, measure, options, () => { if (++handled === count) all(); });
  await Promise.race([once(publishing, 'message'), broken]); // it is connected
  const started = performance.now();
  publishing.postMessage('go');
  const late = pause(patience, undefined, { ref: false }).then(() => { throw new Error(`${handled} of ${count} messages were handled in ${patience / 1000} seconds.`); });
  await Promise.race([allHandled, broken, late]);
  while (!await handling.isSettled()) await pause(2);
  const seconds = (performance.now() - started) / 1000;
  await Promise.race([publishing.threadId === -1 ? undefined : once(publishing, 'exit'), broken]);
  await handling.close();
  if (handled !== count) throw new Error(`${handled} messages were handled instead of ${count}.`);
  return seconds;
}

async function check(database, measure, count) {
  if (measure !== 'single') return;
  const connections = pool(database, 1);
  const { rows } = await connections.query('select count(*)::int as effects from effect');
  await connections.end();
  if (rows[0].effects !== count) throw new Error(`${rows[0].effects} effects instead of ${count}.`);
}

async function publishAll({ name, measure, database, count, options }) {
  const peer = await import(peers[name]);
  const publisher = await peer.publisher(database, measure, options);
  parentPort.postMessage('ready');
  await once(parentPort, 'message');
  let next = 0;
  if (measure === 'batch') {
    for (; next < count; next += publisher.chunk) {
      await publisher.publishMany(Array.from({ length: Math.min(publisher.chunk, count - next) }, (_, i) => next + i));
    }
  } else {
    const client = async () => { while (next < count) await publisher.publish(next++); };
    await Promise.all(Array.from({ length: options.publishers }, client));
  }
  await publisher.close();
  parentPort.unref();
}
