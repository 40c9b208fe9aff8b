// graphile-worker as https://worker.graphile.org/docs/performance recommends it. Options used, and why:
//   localQueue.size          jobs are fetched by the hundred instead of one by one ("batching"; 500 in their own benchmark, 2000 is faster here)
//   completeJobBatchDelay 0  completions of one turn of the event loop share a statement ("even setting this to 0 can be impactful")
//   failJobBatchDelay 0      the same for failures, as in their own benchmark
//   concurrentJobs, maxPoolSize = concurrentJobs + 2   "10 or concurrentJobs + 2, whichever is larger"; more where tasks use the pool
//   preparedStatements       their default
//   addJobs                  many jobs by one statement (measure batch)
// A job's completion is a statement of the worker's own: it cannot share the transaction of the task. So a task's effect is committed
// first, with helpers.withPgClient, and the job is completed after it.
import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import { createEffectTable, insertEffect, pool, prepared, warm } from './connection.mjs';

const quiet = new Logger(() => (level, message) => { if (level === 'error') console.error(message); });

export const defaults = { batch: { concurrency: 4, chunk: 5000, fetch: 2000 }, single: { concurrency: 10, publishers: 10, fetch: 500 } };

export async function setUp(database) {
  const connections = pool(database, 1);
  await connections.query(createEffectTable);
  const utils = await makeWorkerUtils({ pgPool: connections, logger: quiet });
  await utils.migrate();
  await utils.release();
  await connections.end();
}

export async function publisher(database, measure, { chunk, publishers }) {
  const connections = pool(database, measure === 'batch' ? 1 : publishers);
  await warm(connections, measure === 'batch' ? 1 : publishers);
  const utils = await makeWorkerUtils({ pgPool: connections, logger: quiet });
  return {
    publish: number => utils.addJob(measure, { number }),
    publishMany: numbers => utils.addJobs(numbers.map(number => ({ identifier: measure, payload: { number } }))),
    chunk,
    async close() {
      await utils.release();
      await connections.end();
    },
  };
}

export async function handler(database, measure, { concurrency, fetch }, handled) {
  const connections = pool(database, Math.max(10, concurrency + 2));
  await warm(connections, concurrency + 2);
  const runner = await run({
    taskList: {
      batch: () => handled(),
      async single({ number }, helpers) {
        await helpers.withPgClient(client => prepared(client, insertEffect, [number])); // one statement, one transaction
        handled();
      },
    },
    preset: { worker: { concurrentJobs: concurrency, localQueue: { size: fetch }, completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    pgPool: connections,
    noHandleSignals: true,
    logger: quiet,
  });
  return {
    async isSettled() {
      const { rows } = await connections.query('select exists (select from graphile_worker._private_jobs) as open');
      return !rows[0].open;
    },
    async close() {
      await runner.stop();
      await connections.end();
    },
  };
}
