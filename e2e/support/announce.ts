/** Says once, before the tests, which of them will be skipped and why. */
import { WHY_NO_REPLAY, WHY_NO_TESTS } from './environment.ts';

export default function announce(): void {
  if (WHY_NO_TESTS !== undefined) console.log(`All tests are skipped: ${WHY_NO_TESTS}`);
  else if (WHY_NO_REPLAY !== undefined) console.log(`Tests on a replay are skipped: ${WHY_NO_REPLAY}`);
}
