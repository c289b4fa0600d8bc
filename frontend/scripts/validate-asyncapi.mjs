// Checks the AsyncAPI files named on the command line with the AsyncAPI project's own parser.
// Names every error and warning and exits with 1 if there is one.
import { readFile } from 'node:fs/promises';
import { Parser } from '@asyncapi/parser';

const SEVERITIES = ['error', 'warning'];

const parser = new Parser();
const files = process.argv.slice(2);
const complaints = files.length === 0 ? ['no AsyncAPI file was named'] : [];
for (const file of files) {
  const { diagnostics } = await parser.parse(await readFile(file, 'utf8'), { source: file });
  for (const { severity, path, message } of diagnostics) {
    const kind = SEVERITIES[severity];
    if (kind !== undefined) complaints.push(`${file}: ${kind} at ${path.join('.') || 'the top'}: ${message}`);
  }
}
for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
if (complaints.length > 0) process.exitCode = 1;
else process.stdout.write(`${files.length} AsyncAPI files are valid\n`);
