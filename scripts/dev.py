"""Serve with reload: the API by uvicorn, the terminal by vite, which passes /api on. Ctrl-C stops both."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TERMINAL_PORT = 5173


def is_taken(port: int) -> bool:
    """Whether something listens on `port` of this machine."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def main() -> int:
    """Start both servers; when one ends, stop the other. Exit code 2 if a port is taken."""
    api_port = int(os.environ.get("PORT") or 8000)
    for port in (api_port, TERMINAL_PORT):
        if is_taken(port):
            print(f"Port {port} is taken; stop what listens there first.", file=sys.stderr)
            return 2
    environment = {**os.environ, "TRADING_API_URL": f"http://127.0.0.1:{api_port}"}
    api = [sys.executable, "-m", "uvicorn", "trading_api.main:app", "--port", str(api_port)]
    reload = ["--reload", "--reload-dir", "backend/src"]
    vite = [str(ROOT / "node_modules" / ".bin" / "vite"), "--port", str(TERMINAL_PORT), "--strictPort"]
    servers = [
        subprocess.Popen(api + reload, cwd=ROOT, env=environment),
        subprocess.Popen(vite, cwd=ROOT / "frontend", env=environment),
    ]
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        os.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        for server in servers:
            server.terminate()
            server.wait(10)
    return 1


if __name__ == "__main__":
    sys.exit(main())
