"""The contract: every type that crosses a process, and nothing else. Imports nothing of ours."""
