import { describe, expect, it, vi } from 'vitest';

import { CommandRegistry, matching, shortcutOf, type Command } from '@/terminal/commands/registry';

function command(id: string, rest: Partial<Command> = {}): Command {
  return { id, title: id, group: 'Test', run: vi.fn(), ...rest };
}

describe('CommandRegistry', () => {
  it('runs the command of a shortcut and says whether there was one', () => {
    const registry = new CommandRegistry();
    const buy = command('buy', { shortcut: 'alt+b' });
    registry.register(buy);
    expect(registry.runShortcut('alt+b')).toBe(true);
    expect(buy.run).toHaveBeenCalledOnce();
    expect(registry.runShortcut('alt+x')).toBe(false);
  });

  it('leaves a disabled command alone', () => {
    const registry = new CommandRegistry();
    const off = command('off', { shortcut: 'alt+o', enabled: () => false });
    registry.register(off);
    expect(registry.runShortcut('alt+o')).toBe(false);
    expect(off.run).not.toHaveBeenCalled();
  });

  it('refuses an id or a shortcut that is taken, until it is free again', () => {
    const registry = new CommandRegistry();
    const remove = registry.register(command('one', { shortcut: 'alt+1' }));
    expect(() => registry.register(command('one'))).toThrow('one');
    expect(() => registry.register(command('two', { shortcut: 'alt+1' }))).toThrow('belongs to one');
    remove();
    registry.register(command('two', { shortcut: 'alt+1' }));
    expect(registry.all().map(({ id }) => id)).toEqual(['two']);
  });
});

describe('matching', () => {
  it('wants every word, in any order, and only enabled commands', () => {
    const commands = [
      command('a', { title: 'Times in UTC', group: 'Look' }),
      command('b', { title: 'Show orders', group: 'Account' }),
      command('c', { title: 'Show history', group: 'Account', enabled: () => false }),
    ];
    expect(matching(commands, 'utc look').map(({ id }) => id)).toEqual(['a']);
    expect(matching(commands, 'SHOW').map(({ id }) => id)).toEqual(['b']);
    expect(matching(commands, '').map(({ id }) => id)).toEqual(['a', 'b']);
  });
});

describe('shortcutOf', () => {
  it('reads letters by their key, so that Alt does not change them', () => {
    expect(shortcutOf(new KeyboardEvent('keydown', { altKey: true, code: 'KeyB', key: '∫' }))).toBe('alt+b');
    expect(shortcutOf(new KeyboardEvent('keydown', { ctrlKey: true, code: 'KeyK', key: 'k' }))).toBe('mod+k');
    expect(shortcutOf(new KeyboardEvent('keydown', { code: 'Slash', key: '/' }))).toBe('/');
  });
});
