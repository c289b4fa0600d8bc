/** A copy of the sources to change, and `make dev` at work on it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

import { ROOT } from './environment.ts';

const COPIED = ['backend', 'frontend', 'scripts'];
const NOT_COPIED = /\/(node_modules|dist|test-results|var|\.[a-z_]+_cache|__pycache__)$/;
/** Not beside a `package.json` of a workspace: the terminal's server serves what is in the nearest one. */
const PLACE = join(ROOT, 'var');

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

export class Checkout {
  readonly folder: string;
  #running: ChildProcess | undefined;
  #said = '';
  page = '';
  api = '';

  constructor() {
    mkdirSync(PLACE, { recursive: true });
    this.folder = mkdtempSync(join(PLACE, 'checkout-'));
    for (const name of COPIED) {
      cpSync(join(ROOT, name), join(this.folder, name), {
        recursive: true,
        filter: (source) => !NOT_COPIED.test(source),
      });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'));
    const packages = join(ROOT, 'frontend/node_modules');
    mkdirSync(join(this.folder, 'frontend/node_modules'));
    for (const name of existsSync(packages) ? readdirSync(packages) : []) {
      symlinkSync(join(packages, name), join(this.folder, 'frontend/node_modules', name));
    }
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text);
  }

  /** Everything that was said so far. */
  get said(): string {
    return this.#said;
  }

  /** Start `make dev` and wait until it is ready. */
  async develop(): Promise<void> {
    const [api, page] = [await freePort(), await freePort()];
    this.api = `http://127.0.0.1:${api}`;
    this.page = `http://127.0.0.1:${page}`;
    const running = spawn(join(ROOT, '.venv/bin/python'), ['scripts/dev.py'], {
      cwd: this.folder,
      env: {
        ...process.env,
        PORT: String(api),
        VITE_PORT: String(page),
        PYTHONPATH: join(this.folder, 'backend/src'),
        PYTHONDONTWRITEBYTECODE: '',
      },
    });
    this.#running = running;
    await new Promise<void>((resolve, reject) => {
      const listen = (text: Buffer) => {
        this.#said += String(text);
        if (this.#said.includes('Ready:')) resolve();
      };
      running.stdout.on('data', listen);
      running.stderr.on('data', listen);
      running.once('exit', () => reject(new Error(`it ended before it was ready: ${this.#said}`)));
    });
  }

  /** End it as Ctrl-C does, and remove the copy. */
  async remove(): Promise<void> {
    const running = this.#running;
    if (running !== undefined && running.exitCode === null) {
      const ended = once(running, 'exit');
      running.kill('SIGINT');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
