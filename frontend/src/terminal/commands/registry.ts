/** Every action of the terminal in one place: the palette lists it, a shortcut may start it. */
import { shallowReactive } from 'vue';

export interface Command {
  id: string;
  title: string;
  group: string;
  /** Such as `mod+k`, `alt+b` or `/`; `mod` is Command on a Mac and Control elsewhere. */
  shortcut?: string;
  enabled?: () => boolean;
  run: () => void;
}

/** Commands by id; an id can be registered once at a time. */
export class CommandRegistry {
  private readonly commands = shallowReactive(new Map<string, Command>());

  /** Adds commands; the result removes them. Throws if an id or a shortcut is taken. */
  register(...commands: readonly Command[]): () => void {
    for (const command of commands) {
      if (this.commands.has(command.id)) throw new Error(`command ${command.id} is registered already`);
      const holder = command.shortcut === undefined ? undefined : this.byShortcut(command.shortcut);
      if (holder !== undefined)
        throw new Error(`${command.shortcut} of ${command.id} belongs to ${holder.id}`);
      this.commands.set(command.id, command);
    }
    return () => {
      for (const { id } of commands) this.commands.delete(id);
    };
  }

  all(): Command[] {
    return [...this.commands.values()];
  }

  /** Runs the command of a key press; false if there is none. */
  runShortcut(shortcut: string): boolean {
    const command = this.byShortcut(shortcut);
    if (command === undefined || command.enabled?.() === false) return false;
    command.run();
    return true;
  }

  private byShortcut(shortcut: string): Command | undefined {
    return this.all().find((command) => command.shortcut === shortcut);
  }
}

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** A key press in the notation of `Command.shortcut`. */
export function shortcutOf(event: KeyboardEvent): string {
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const key = event.code.startsWith('Key') ? event.code.slice(3) : event.key;
  return [mod ? 'mod' : '', event.altKey ? 'alt' : '', key.toLowerCase()].filter(Boolean).join('+');
}

/** True where a plain key is text that somebody types. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** `mod+k` as the user's keyboard says it. */
export function shortcutLabel(shortcut: string): string {
  const names: Record<string, string> = {
    mod: isMac ? '⌘' : 'Ctrl',
    alt: isMac ? '⌥' : 'Alt',
    escape: 'Esc',
  };
  return shortcut
    .split('+')
    .map((part) => names[part] ?? part.toUpperCase())
    .join(isMac ? '' : '+');
}

/** Commands that match what was typed: every word must occur somewhere in group and title. */
export function matching(commands: readonly Command[], typed: string): Command[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return commands.filter((command) => {
    const text = `${command.group} ${command.title}`.toLowerCase();
    return (command.enabled?.() ?? true) && words.every((word) => text.includes(word));
  });
}
