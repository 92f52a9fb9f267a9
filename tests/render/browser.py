"""Chromium without a window, spoken to through two pipes: no port, no driver, no package. Only what the tests of pages need."""

from __future__ import annotations

import base64
import itertools
import json
import os
import shutil
import subprocess

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-pipe",
)


class Browser:
    """One browser with one tab; `events` is everything that it has reported since `open`."""

    def __init__(self, profile):
        program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        assert program, "the tests of the HTML page need Chromium (Debian: apt-get install chromium)"
        their_input, self._write = os.pipe()
        self._read, their_output = os.pipe()
        self._process = subprocess.Popen(
            # the browser reads from descriptor 3 and writes to descriptor 4
            ["bash", "-c", f'exec "$@" 3<&{their_input} 4>&{their_output}', "bash", program, *_FLAGS, f"--user-data-dir={profile}", "about:blank"],
            pass_fds=(their_input, their_output),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(their_input)
        os.close(their_output)
        self._numbers = itertools.count(1)
        self._rest = b""
        self._session = None
        self.events = []
        targets = self._call("Target.getTargets")["targetInfos"]
        page = next(each["targetId"] for each in targets if each["type"] == "page")
        self._session = self._call("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._call(f"{domain}.enable")

    def close(self):
        try:
            self._session = None
            self._call("Browser.close")
            self._process.wait(10)
        except (OSError, AssertionError, subprocess.TimeoutExpired):
            self._process.kill()
            self._process.wait()
        os.close(self._write)
        os.close(self._read)

    def open(self, path, width=1280, height=900, *, scripts=True):
        """Opens a file of this machine and waits until it has loaded."""
        self._call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self._call("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.events.clear()
        self._call("Page.navigate", url=path.as_uri())
        while not any(each["method"] == "Page.loadEventFired" for each in self.events):
            self._receive()

    def run(self, script):
        """The value of a piece of script in the page."""
        found = self._call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def press(self, *keys):
        """Presses keys one after the other."""
        for key in keys:
            text = {"Enter": "\r", " ": " "}.get(key, key if len(key) == 1 else "")
            codes = {"Tab": 9, "Enter": 13, " ": 32}
            about = {"key": key, "code": key, "windowsVirtualKeyCode": codes.get(key, 0)}
            self._call("Input.dispatchKeyEvent", type="keyDown", **about, **({"text": text} if text else {}))
            self._call("Input.dispatchKeyEvent", type="keyUp", **about)

    def pdf(self):
        """The page as it would be printed, on the paper that it asks for."""
        return base64.b64decode(self._call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])

    def picture(self):
        """What is seen, as a PNG."""
        return base64.b64decode(self._call("Page.captureScreenshot", captureBeyondViewport=True)["data"])

    @property
    def complaints(self):
        """What stood in the console since the page was opened."""
        return [each["params"] for each in self.events if each["method"] in ("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown")]

    @property
    def requests(self):
        """The addresses that were asked for since the page was opened."""
        return [each["params"]["request"]["url"] for each in self.events if each["method"] == "Network.requestWillBeSent"]

    def _call(self, method, **params):
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == number:
                assert "error" not in answer, answer["error"]
                return answer["result"]

    def _receive(self):
        while b"\0" not in self._rest:
            part = os.read(self._read, 2**20)
            assert part, "the browser has ended"
            self._rest += part
        line, _, self._rest = self._rest.partition(b"\0")
        message = json.loads(line)
        if "method" in message:
            self.events.append(message)
        return message
