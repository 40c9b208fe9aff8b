// pg-boss 10 (11 and 12 need a newer node). Options used, and why:
//   insert()              many jobs by one statement (measure batch)
//   batchSize             a worker fetches, and completes, jobs by the hundred
//   one worker            more of them are slower here: one fetch takes all there is (measure batch)
//   notifyWorker()        the polling interval's minimum is half a second; this bypasses it for as long as there are jobs
//   priority: false       fetching need not sort by a priority that nobody sets
//   fetch(), complete()   measure single: "useful for custom workers"; each job is then completed in a transaction together with its effect
//   db                    an executeSql of our own, so that statements are prepared and complete() joins the transaction
//   supervise, schedule   off: no maintenance and no cron beside the measure
import PgBoss from 'pg-boss';
import { setTimeout as pause } from 'node:timers/promises';
import { createEffectTable, insertEffect, pool, prepared, warm } from './connection.mjs';

export const defaults = { batch: { concurrency: 1, chunk: 5000, fetch: 5000 }, single: { concurrency: 10, publishers: 10, fetch: 100 } };

const over = client => ({ executeSql: (text, values) => values?.length ? prepared(client, text, values) : client.query(text) });

async function start(connections, migrate) {
  const boss = new PgBoss({ db: over(connections), migrate, supervise: false, schedule: false });
  boss.on('error', error => { throw error; });
  await boss.start();
  return boss;
}

export async function setUp(database) {
  const connections = pool(database, 1);
  await connections.query(createEffectTable);
  const boss = await start(connections, true);
  for (const queue of ['batch', 'single']) await boss.createQueue(queue);
  await boss.stop({ graceful: false });
  await connections.end();
}

export async function publisher(database, measure, { chunk, publishers }) {
  const size = measure === 'batch' ? 1 : publishers;
  const connections = pool(database, size);
  await warm(connections, size);
  const boss = await start(connections, false);
  return {
    publish: number => boss.send(measure, { number }),
    publishMany: numbers => boss.insert(numbers.map(number => ({ name: measure, data: { number } }))),
    chunk,
    async close() {
      await boss.stop({ graceful: false });
      await connections.end();
    },
  };
}

export async function handler(database, measure, { concurrency, fetch }, handled) {
  const connections = pool(database, concurrency + 2);
  await warm(connections, concurrency + 2);
  const boss = await start(connections, false);
  let open = true;
  const loops = [];
  if (measure === 'batch') {
    for (let i = 0; i < concurrency; i++) {
      const id = await boss.work(measure, { batchSize: fetch, priority: false, pollingIntervalSeconds: 0.5 }, async jobs => {
        boss.notifyWorker(id);
        for (let j = 0; j < jobs.length; j++) handled();
      });
    }
  } else {
    const waiting = []; // what one fetch brought is shared by all lanes
    let fetching;
    const refill = () => fetching ??= boss.fetch(measure, { batchSize: fetch, priority: false })
      .then(jobs => jobs.length > 0 ? waiting.push(...jobs) : pause(1))
      .finally(() => { fetching = undefined; });
    const lane = async () => {
      while (open) {
        const job = waiting.shift();
        if (!job) {
          await refill();
          continue;
        }
        const client = await connections.connect();
        await client.query('begin');
        await prepared(client, insertEffect, [job.data.number]);
        await boss.complete(measure, job.id, undefined, { db: over(client) });
        await client.query('commit');
        client.release();
        handled();
      }
    };
    for (let i = 0; i < concurrency; i++) loops.push(lane());
  }
  Promise.all(loops).catch(error => { throw error; });
  return {
    async isSettled() {
      const { rows } = await connections.query("select exists (select from pgboss.job where name = $1 and state <> 'completed') as open", [measure]);
      return !rows[0].open;
    },
    async close() {
      open = false;
      await Promise.all(loops);
      await boss.stop({ graceful: false });
      await connections.end();
    },
  };
}
