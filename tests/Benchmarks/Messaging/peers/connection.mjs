import { createHash } from 'node:crypto';
import pg from 'pg';

/** Connects as PGHOST, PGPORT, PGUSER and PGPASSWORD say, to a database of the measure's own. */
export const settings = database => ({ database, user: process.env.PGUSER ?? 'postgres', host: process.env.PGHOST, port: Number(process.env.PGPORT ?? 5432) });

export function pool(database, max) {
  const made = new pg.Pool({ ...settings(database), max, idleTimeoutMillis: 0 });
  made.on('error', () => {}); // an idle connection broke; whoever uses it next fails
  made.on('connect', client => client.on('error', () => {})); // the query under way fails by itself
  return made;
}

/** Opens so many connections now, so that no measure pays for them. */
export async function warm(connections, count) {
  const clients = await Promise.all(Array.from({ length: count }, () => connections.connect()));
  for (const client of clients) client.release();
}

export async function maintain(sql) {
  const client = new pg.Client(settings(process.env.PGDATABASE ?? 'postgres'));
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Runs a statement prepared under a name made of its text; PostgreSQL then plans it once for each connection. */
export function prepared(client, text, values) {
  return client.query({ name: createHash('md5').update(text).digest('hex'), text, values });
}

export const createEffectTable = 'create table effect (message int primary key, at timestamptz not null default now())';
export const insertEffect = 'insert into effect (message) values ($1)';
