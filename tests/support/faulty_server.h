#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/packet.h"
#include "port/session.h"

namespace migrate::testing {

/// Stands for SIGKILL: thrown through the program, which must not catch it. No std::exception, so
/// that nothing catches it by accident.
struct Killed {};

/// Forwards everything to another server, and lets go wrong what a test asks for. A port call is
/// connect() and every call of a session, its history or its schema that asks the server; they are
/// counted from 1 over all sessions. `server` must outlive it.
class FaultyServer : public port::Server {
 public:
  explicit FaultyServer(port::Server& server);
  ~FaultyServer() override;

  std::unique_ptr<port::Session> connect() override;

  /// The program dies when it makes its n-th port call, before the server hears of it …
  void die_before(std::uint64_t call);
  /// … or after the server has answered.
  void die_after(std::uint64_t call);
  /// The server dies in a packet, and the program with it: the n-th item of all packets, counted
  /// from 1, is the last that runs …
  void die_after_item(std::uint64_t item);
  /// … or it has begun, which commits where it does so implicitly, but has done nothing.
  void die_during_item(std::uint64_t item);

  /// The program dies when it has sent its n-th packet with statements, counted from 1. The server
  /// has heard all of it, so it goes on, an orphan: its connection, locks and open transaction are
  /// there until it ends or is killed. Others see it running its next statement.
  void die_during_packet(std::uint64_t packet);
  /// The orphan's connection; nothing when there is none.
  std::optional<std::uint64_t> orphan() const;
  /// The orphan runs so many more items of its packet. It ends behind the last, or behind one that
  /// fails. Without orphan nothing happens.
  void orphan_runs(std::uint64_t items);
  void orphan_ends();

  /// Called in front of each connection that the program makes.
  void on_connect(std::function<void()> happens_before);

  /// Whenever this statement is sent, the server refuses it.
  void refuse(const std::string& statement, core::ServerError error);
  /// … until now.
  void refuse_no_more();
  /// Of the next packet without statements the server refuses the last item but one: what it wrote
  /// is neither committed nor rolled back.
  void refuse_next_record();
  /// The first item of the next packet is interrupted, as by a KILL QUERY that came too late for
  /// the one before.
  void interrupt_next_packet();
  /// The connection that the n-th port call goes over breaks, before the server hears of it …
  void break_before(std::uint64_t call);
  /// … or after the server has done it.
  void break_after(std::uint64_t call);
  /// The connection breaks once, when this statement is sent: before it ran …
  void lose_before(const std::string& statement);
  /// … and again each time …
  void lose_before_each_time(const std::string& statement);
  /// … when it had committed what was open but done nothing, as a schema statement may …
  void lose_during(const std::string& statement);
  /// … or after it ran, so that only its answer is lost.
  void lose_after(const std::string& statement);

  std::uint64_t calls() const;
  std::uint64_t items() const;
  /// With statements.
  std::uint64_t packets() const;

  struct Faults;

 private:
  port::Server& server_;
  std::unique_ptr<Faults> faults_;
};

}  // namespace migrate::testing
