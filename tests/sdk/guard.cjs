// What keeps a real SDK of Node on this machine? As guard.py for Python: before a connect or a
// lookup to anything but loopback, the address is written and the process ends. Hosts of
// SDK_STAND_INS are answered by a loopback port.
"use strict";

const dgram = require("dgram");
const dns = require("dns");
const fs = require("fs");
const net = require("net");

const STATUS = 97;
const standIns = JSON.parse(process.env.SDK_STAND_INS || "{}");

function local(host) {
  return host === undefined || host === null || host === "localhost" || host === "::1" ||
    (net.isIPv4(host) && host.startsWith("127."));
}

function end(host, port) {
  fs.writeSync(1, `\n${JSON.stringify({ forbidden: `${host}:${port}` })}\n`);
  process.exit(STATUS);
}

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function guarded(...args) {
  const normal = Array.isArray(args[0]) ? args[0] : net._normalizeArgs(args);
  const options = normal[0];
  if (options.path) return connect.apply(this, args);
  const standIn = standIns[options.host];
  if (standIn) {
    Object.assign(options, { host: "127.0.0.1", port: standIn });
  } else if (!local(options.host)) {
    end(options.host, options.port);
  }
  return connect.call(this, normal);
};

for (const home of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype]) {
  for (const name of Object.keys(Object.getOwnPropertyDescriptors(home))) {
    if (!/^(lookup|resolve|reverse)/.test(name) || typeof home[name] !== "function") continue;
    const asked = home[name];
    home[name] = function guarded(host, ...rest) {
      if (!local(host)) end(host, "");
      return asked.call(this, host, ...rest);
    };
  }
}

dgram.Socket.prototype.send = function guarded() {
  end("datagram", "");
};
