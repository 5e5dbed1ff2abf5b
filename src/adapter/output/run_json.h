#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "core/event.h"

// What the report of a run and its events say in the same words.
namespace migrate::output {

/// What identifies a step, at the head of every object that speaks of one.
nlohmann::ordered_json step_json(const core::StepId& id, const std::string& name);

/// Adds `path`, `line`, `column`.
void add_place(nlohmann::ordered_json& object, const std::string& path,
               const core::Position& position);

nlohmann::ordered_json server_json(const core::ServerInfo& server);
nlohmann::ordered_json refusal_json(const core::Refusal& refusal);
nlohmann::ordered_json failure_json(const core::event::StepFailed& failed);

}  // namespace migrate::output
