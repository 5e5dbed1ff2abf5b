#pragma once

#include "core/report.h"
#include "core/schema/drift.h"
#include "core/status.h"
#include "port/presenter.h"

/// Hand-made values that the tests of the output adapter show.
namespace migrate::output::samples {

core::Status status();
core::schema::Drift drift();
std::vector<port::PlanView> plan();
core::event::RunStarted run_started();
core::event::StepFailed half_applied();
core::event::StepFailed rolled_back();
core::event::StepFailed cancelled();
core::event::StepFailed lost();
core::event::StepFailed full();
core::RunReport done();
/// One that holds, one of each severity that does not, one without an answer, one left out.
core::check::Look look();
/// The same a minute later: the error is mended, the warning has grown.
core::check::Look later_look();
/// All is applied and a check behind it found something.
core::RunReport check_failed();
core::RunReport exec_done();
core::RunReport exec_failed();
/// One step done, then `failed`, two not started.
core::RunReport failed(const core::event::StepFailed& failed);
std::vector<core::LogRow> history();
/// An error and a notice in one file, a warning in another, one that is allowed.
core::lint::Report lint();
core::audit::Report audit();
port::AuditFix audit_fix();
/// A ddl file and a step that hold, one that leaves an index, one that asks for the time, one that
/// was not tried.
core::rehearsal::Verification verification();
core::rehearsal::Verification verification_passed();

}  // namespace migrate::output::samples
