// Package cloud stands in for the secrets providers of clouds and vaults (awskms://, gcpkms://, azurekeyvault://,
// hashivault://).
package cloud

import (
	"encoding/json"
	"errors"

	"github.com/pulumi/pulumi/pkg/v3/secrets"
	"github.com/pulumi/pulumi/sdk/v3/go/common/workspace"
)

// Type is what a state calls such a provider.
const Type = "cloud"

var errAbsent = errors.New("this Pulumi CLI was built from source for runs on one machine and encrypts secrets by a passphrase " +
	"only; install the official one: https://www.pulumi.com/docs/install/")

// EditProjectStack always fails.
func EditProjectStack(*workspace.ProjectStack, json.RawMessage) error {
	return errAbsent
}

// NewCloudSecretsManagerFromState always fails.
func NewCloudSecretsManagerFromState(json.RawMessage) (secrets.Manager, error) {
	return nil, errAbsent
}

// NewCloudSecretsManager always fails.
func NewCloudSecretsManager(*workspace.ProjectStack, string, bool) (secrets.Manager, error) {
	return nil, errAbsent
}
