#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/server_info.h"

namespace migrate::torture {

/// The table that the harness makes and fills before a run with a big workload.
inline constexpr const char* big_table = "big";
inline constexpr unsigned big_rows = 200'000;

enum class TableSize { small, big };

/// Whether the server takes so little at a time that small steps come in several packets, of which
/// the next is recorded while one runs.
enum class Packets { small, large };

/// Steps for `migrate up` that both leave the same schema and the same rows whenever each of their
/// statements is applied exactly once, and nearly always others when one is left out or run twice.
struct Workload {
  TableSize size = TableSize::small;
  Packets packets = Packets::large;
  std::vector<std::string> steps;  ///< text of the up files, in the order of their versions
  std::string repeatable;          ///< text of a ddl file; empty: there is none
};

/// Workload `number` of a seed: always the same. 20 to 110 statements; some have the big table.
Workload make_workload(std::uint64_t seed, std::uint64_t number, core::ServerFamily family);

/// Writes migrations/ and ddl/ below `folder`, in place of those that are there.
void write_steps(const Workload& workload, const std::filesystem::path& folder);

}  // namespace migrate::torture
