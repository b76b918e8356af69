// What keeps a program of Node to the gate while `gatekeeper sdk-check` looks on? As
// sitecustomize.py for Python: what leads neither to this machine nor to the gate is refused and
// told in the report, a line each; a connection that is permitted is told too.
"use strict";

const dgram = require("dgram");
const dns = require("dns");
const fs = require("fs");
const net = require("net");

const report = process.env.GATEKEEPER_SDK_REPORT;
const gate = (process.env.GATEKEEPER_SDK_GATE || "").split(",").filter(Boolean);

function permitted(host) {
  const name = String(host || "localhost").toLowerCase().replace(/\.$/, "");
  return name === "localhost" || name === "::1" || (net.isIPv4(name) && name.startsWith("127.")) ||
    gate.some((each) => name === each || name.endsWith(`.${each}`));
}

function tell(what, host, port) {
  const about = `${host || "localhost"}:${port || ""}`.replace(/[^A-Za-z0-9._:-]/g, "");
  fs.appendFileSync(report, `${what} ${about.slice(0, 260)}\n`, { mode: 0o600 });
}

function refusal() {
  const error = new Error("refused by gatekeeper sdk-check: this is not the gate");
  return Object.assign(error, { code: "ECONNREFUSED" });
}

if (report) {
  tell("guarded", "node", "");

  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function guarded(...args) {
    const normal = Array.isArray(args[0]) ? args[0] : net._normalizeArgs(args);
    const { host, path, port } = normal[0];
    if (path) return connect.apply(this, args);
    tell(permitted(host) ? "connected" : "refused", host, port);
    return permitted(host) ? connect.call(this, normal) : this.destroy(refusal());
  };

  for (const home of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype]) {
    for (const name of Object.keys(Object.getOwnPropertyDescriptors(home))) {
      if (!/^(lookup|resolve|reverse)/.test(name) || typeof home[name] !== "function") continue;
      const asked = home[name];
      home[name] = function guarded(host, ...rest) {
        if (permitted(host)) return asked.call(this, host, ...rest);
        tell("refused", host, "");
        const answer = rest[rest.length - 1];
        if (typeof answer !== "function") return Promise.reject(refusal());
        process.nextTick(answer, refusal());
        return undefined;
      };
    }
  }

  dgram.Socket.prototype.send = function guarded() {
    tell("refused", "datagram", "");
    throw refusal();
  };
}
