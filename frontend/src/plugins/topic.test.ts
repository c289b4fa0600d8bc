import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { topicName, type TopicRequest } from './topic';

interface Vector {
  route: string;
  request: TopicRequest;
  topic: string;
}

// The same file is read by the server's tests.
const file = path.resolve(__dirname, '../../../backend/src/trading_api/models/topic_vectors.json');
const vectors: Vector[] = JSON.parse(readFileSync(file, 'utf8'));

describe('topicName', () => {
  it.each(vectors)('$topic', ({ route, request, topic }) => {
    expect(topicName(route, request)).toBe(topic);
  });

  it('leaves out what is undefined', () => {
    expect(topicName('executions', { accountId: 'DEMO', symbol: undefined })).toBe(
      'executions:{"accountId":"DEMO"}',
    );
  });

  it('sorts keys that look like numbers as text, and others by code point', () => {
    expect(topicName('x', { '10': 1, '9': 2 })).toBe('x:{"10":1,"9":2}');
    expect(topicName('x', { '\u{1F600}': 1, '\uFFFD': 2 })).toBe('x:{"\uFFFD":2,"\u{1F600}":1}');
    expect(topicName('x', { ab: 1, a: 2 })).toBe('x:{"a":2,"ab":1}');
  });

  it('keeps null in lists, where it holds a place', () => {
    expect(topicName('x', { list: [1, null] })).toBe('x:{"list":[1,null]}');
  });
});
